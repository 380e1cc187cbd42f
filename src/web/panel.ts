import type { ConvertAnswer, RateQueries } from '../query/rate-types.ts'
import { askRates } from './part/fault.ts'
import type { PanelData } from './part/panel.ts'
import type { View } from './view.ts'

/** A page with the panel never waits for rates that are still being loaded. */
const WAIT_MS = 60

/** The rates that the panel opens with; what cannot be said at once stays open. */
export async function answerPanel(rates: RateQueries, view: View): Promise<PanelData> {
  const lang = view.locale
  const none = async () => []
  const convert = (from: string, to: string) => rates.convert({ from, to, lang })
  const token = async (): Promise<ConvertAnswer | undefined> => {
    const { rows } = await rates.table({ limit: 1, lang })
    return rows[0] === undefined ? undefined : convert(rows[0].asset.id, 'USD')
  }
  const soon = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    const asked = await within(askRates(ask, {}, none))
    return asked?.value
  }
  const [priced, pair, purchase] = await Promise.all([
    soon(token),
    soon(() => convert('EUR', 'USD')),
    soon(() => rates.fxPurchase({ currency: 'USD', with: 'EUR', lang })),
  ])
  return { token: priced, pair, purchase }
}

async function within<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, undefined)
  })
  try {
    // A fault of the rates is told on their own pages; the page around the panel stays whole.
    return await Promise.race([promise.catch(() => undefined), late])
  } finally {
    clearTimeout(timer)
  }
}
