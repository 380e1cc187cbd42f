/** A browser has no `domainToUnicode`: a host is shown as it stands in the address. */
export function domainToUnicode(host: string): string {
  return host
}
