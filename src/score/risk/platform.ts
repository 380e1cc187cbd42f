/**
 * Places where different people keep pages under one host. What a list or a register says about one
 * page there says nothing about the place: only the named path is covered. Public suffixes are kept
 * out elsewhere; these are none.
 */
const PLATFORMS: ReadonlySet<string> = new Set(
  `amazon.com apple.com bing.com bitbucket.org bsky.app discord.com discord.gg dropbox.com ebay.com
  etsy.com facebook.com fb.com fb.me flickr.com github.com gitlab.com google.com instagram.com
  issuu.com kickstarter.com line.me linkedin.com linktr.ee medium.com meetup.com microsoft.com
  notion.so ok.ru patreon.com pinterest.com quora.com reddit.com scribd.com signal.group
  slideshare.net snapchat.com substack.com t.me telegra.ph telegram.me telegram.org tiktok.com
  tumblr.com twitch.tv twitter.com vimeo.com vk.com wa.me wechat.com weibo.com whatsapp.com
  wikipedia.org x.com youtu.be youtube.com zhihu.com`.split(/\s+/),
)

export function isPlatform(registrable: string | null): boolean {
  return registrable !== null && PLATFORMS.has(registrable)
}
