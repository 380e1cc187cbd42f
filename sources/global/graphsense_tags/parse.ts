import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { tagsOfLines, tagsOfPack } from '../../../src/source/format/tagpack.ts'

/**
 * Attribution tags: the recorded form (role `tags`, one JSON object per line) and the form that
 * the repository serves (role `pack`, one YAML file per pack). The same tag gives the same
 * statement in both; different tags on one address are different statements.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const files = ctx.files.filter((file) => file.role === 'tags' || file.role === 'pack')
  if (files.length === 0) {
    throw new AppError('source.file_missing', 'There is no file of tags and no TagPack.')
  }
  for (const file of files) {
    yield* file.role === 'tags' ? tagsOfLines(ctx, file) : tagsOfPack(ctx, file)
  }
}
