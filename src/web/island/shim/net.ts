/** `isIP` of node:net for the recogniser in a browser: 4, 6, or 0 for what is no address. */
export function isIP(text: string): 0 | 4 | 6 {
  const parts = text.split('.')
  const isPart = (part: string) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256
  if (parts.length === 4 && parts.every(isPart)) return 4
  const isSix = text.includes(':') && /^[0-9a-f:.]+$/i.test(text)
  return isSix && URL.canParse(`http://[${text}]/`) ? 6 : 0
}
