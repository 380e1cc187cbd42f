import { html } from 'hono/html'
import type { View } from '../view.ts'
import type { Hole, Html } from './html.ts'

export interface FieldFacts {
  readonly id: string
  readonly name: string
  readonly label: Hole
  readonly value: string | undefined
  readonly type?: 'text' | 'date'
  readonly hint?: string | undefined
  /** What is wrong with it, shown beside it and read with it. */
  readonly error?: Html | null | undefined
  /** Id of a datalist. */
  readonly list?: string
  /** `decimal` brings up digits on a telephone; `code` is in Latin letters in every language. */
  readonly holds?: 'decimal' | 'code'
}

/** One labelled field with its hint and its error. */
export function field(view: View, facts: FieldFacts): Html {
  const { id, error, hint, holds } = facts
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(hasError(error) ? [`${id}-error`] : []),
  ].join(' ')
  return html`<div class="field"><label for="${id}">${facts.label}</label>
<input id="${id}" name="${facts.name}" type="${facts.type ?? 'text'}" value="${
    facts.value ?? ''
  }" maxlength="260" autocomplete="off"${
    holds === undefined ? null : html` dir="ltr" autocapitalize="none" spellcheck="false"`
  }${holds === 'decimal' ? html` inputmode="decimal"` : null}${
    facts.list === undefined ? null : html` list="${facts.list}"`
  }${described === '' ? null : html` aria-describedby="${described}"`}${
    hasError(error) ? html` aria-invalid="true"` : null
  }>${hint === undefined ? null : html`<p class="hint" id="${id}-hint">${hint}</p>`}${
    hasError(error) ? fault(view, id, error) : null
  }</div>`
}

function hasError(error: Html | null | undefined): error is Html {
  return error !== undefined && error !== null
}

/** What is wrong, with a word in front: colour alone would not say it. */
export function fault(view: View, id: string, text: Html): Html {
  return html`<div class="fault" id="${id}-error"><strong>${view.t('tools.fault')}</strong> ${text}</div>`
}

export interface ChoiceFacts {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [string, string])[]
}

export function choice(facts: ChoiceFacts): Html {
  return html`<div class="field"><label for="${facts.id}">${facts.label}</label>
<select id="${facts.id}" name="${facts.name}">${facts.options.map(
    ([value, label]) =>
      html`<option value="${value}"${
        value === facts.value ? html` selected` : null
      }>${label}</option>`,
  )}</select></div>`
}

/** Values that a form carries on without showing them. */
export function hidden(values: Readonly<Record<string, string | undefined>>): readonly Html[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === ''
      ? []
      : [html`<input type="hidden" name="${name}" value="${value}">`],
  )
}
