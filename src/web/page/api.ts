import { html } from 'hono/html'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import type { View } from '../view.ts'

interface Operation {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly responses: readonly (readonly [string, string])[]
}

interface Parameter {
  readonly name: string
  readonly place: string
  readonly isRequired: boolean
  readonly description: string
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
/** Operations on one page: far above what this API has, and a bound on a broken document. */
const OPERATIONS_MAX = 300

/** The OpenAPI document as a page for people; what the document does not say is left out. */
export function apiPage(view: View, document: unknown): Page {
  const operations = document === undefined ? [] : operationsOf(document)
  return {
    title: view.t('api.title'),
    description: view.t('api.description'),
    isReading: true,
    body: html`<div class="wide narrow">
<h1>${view.t('api.title')}</h1>
<p class="lead">${view.t('api.description')}</p>
${
  document === undefined
    ? html`<p class="empty">${view.t('api.none')}</p>`
    : html`<ul class="ways"><li><a href="/openapi.json">OpenAPI 3.1</a></li></ul>`
}
<p>${view.t('api.errors')}</p>
${operations.map((operation, at) => section(view, operation, at))}
</div>`,
  }
}

function section(view: View, operation: Operation, at: number): Html {
  return html`<section class="area operation" aria-labelledby="op-${at}"><h2 id="op-${at}"><span
  class="method">${operation.method.toUpperCase()}</span> <code
  dir="ltr">${operation.path}</code></h2>
${operation.summary === '' ? null : html`<p><bdi>${operation.summary}</bdi></p>`}
${
  operation.description === ''
    ? null
    : html`<p class="muted"><bdi>${operation.description}</bdi></p>`
}
<details class="fold"><summary>${
    operation.parameters.length === 0
      ? view.t('api.answers').replace(/[\s:：]+$/u, '')
      : html`${view.t('api.parameter')} · <span class="num">${view.n(
          operation.parameters.length,
        )}</span>`
  }</summary>${
    operation.parameters.length === 0 ? null : parameters(view, operation.parameters, at)
  }
${
  operation.responses.length === 0
    ? null
    : html`<p class="answers">${view.t('api.answers')} ${operation.responses.map(
        ([status, text]) => html`<span><code>${status}</code> <bdi>${text}</bdi></span> `,
      )}</p>`
}</details></section>`
}

function parameters(view: View, list: readonly Parameter[], at: number): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'api.parameters_of',
    { number: view.n(at + 1) },
  )}"><table><thead><tr><th scope="col">${view.t('api.parameter')}</th><th scope="col">${view.t(
    'api.place',
  )}</th><th scope="col">${view.t('api.meaning')}</th></tr></thead><tbody>${list.map(
    (parameter) =>
      html`<tr><th scope="row"><code>${parameter.name}</code>${
        parameter.isRequired ? html` <span class="tag">${view.t('api.required')}</span>` : null
      }</th><td>${parameter.place}</td><td><bdi>${parameter.description}</bdi></td></tr>`,
  )}</tbody></table></div>`
}

function operationsOf(document: unknown): readonly Operation[] {
  const found: Operation[] = []
  for (const [path, item] of members(member(document, 'paths'))) {
    for (const method of METHODS) {
      const operation = member(item, method)
      if (operation === undefined) continue
      found.push({
        method,
        path,
        summary: text(member(operation, 'summary')),
        description: text(member(operation, 'description')),
        parameters: list(member(operation, 'parameters')).map(parameterOf),
        responses: members(member(operation, 'responses')).map(
          ([status, response]) => [status, text(member(response, 'description'))] as const,
        ),
      })
    }
  }
  return found.slice(0, OPERATIONS_MAX)
}

function parameterOf(value: unknown): Parameter {
  return {
    name: text(member(value, 'name')),
    place: text(member(value, 'in')),
    isRequired: member(value, 'required') === true,
    description:
      text(member(value, 'description')) || text(member(member(value, 'schema'), 'description')),
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

function members(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
