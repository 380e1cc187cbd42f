import { html } from 'hono/html'
import type { Html } from './html.ts'

/**
 * Icons of one set, Lucide 1.62.0, one path each: the dozen that are used, not the 67 MB of
 * the package (ADR-0020). An icon never stands for a word; it stands beside one, or its button
 * has a name.
 *
 * ISC License, Copyright (c) 2026 Lucide Icons and Contributors; `check`, `chevron-*`, `clock`,
 * `download`, `search` and `x` derive from Feather, MIT,
 * Copyright (c) 2013-present Cole Bemis. Both texts stand in `docs/licences/lucide.txt`.
 */
const ICONS = {
  menu: 'M4 5h16M4 12h16M4 19h16',
  close: 'M18 6 6 18M6 6l12 12',
  copy:
    'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2zM4 16' +
    'c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2',
  done: 'M20 6 9 17l-5-5',
  language:
    'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M12 2' +
    'a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20',
  download: 'M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5',
  search: 'M21 21l-4.34-4.34M3 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0',
  recent: 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M12 6v6l4 2',
  graph:
    'M10.586 5.414l-5.172 5.172M18.586 13.414l-5.172 5.172M6 12h12M10 20a2 2 0 1 0 4 0' +
    'a2 2 0 1 0 -4 0M10 4a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M18 12a2 2 0 1 0 4 0a2 2 0 1 0 -4 0' +
    'M2 12a2 2 0 1 0 4 0a2 2 0 1 0 -4 0',
  up: 'M18 15l-6-6-6 6',
  down: 'M6 9l6 6 6-6',
  sort: 'M7 15l5 5 5-5M7 9l5-5 5 5',
} as const

export type IconName = keyof typeof ICONS
export const ICON_NAMES = Object.keys(ICONS) as readonly IconName[]

export function icon(name: IconName): Html {
  return html`<svg class="icon i-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path
    d="${ICONS[name]}"/></svg>`
}
