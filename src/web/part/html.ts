import type { html } from 'hono/html'

/** What a template gives: text whose every inserted value has been escaped. */
export type Html = ReturnType<typeof html>
/** What a template accepts in a hole; `null` leaves nothing. Texts are escaped. */
export type Hole = Html | string | number | null | readonly Hole[]
