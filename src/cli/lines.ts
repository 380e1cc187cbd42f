/** Lines of UTF-8 without their ends, also a last one without; each cut at `charsMax`. */
export async function* linesOf(
  input: AsyncIterable<Uint8Array | string>,
  charsMax: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of input) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '').slice(0, charsMax)
    // Of a line without end only the start is kept: enough to refuse it as too long.
    if (rest.length > charsMax) rest = rest.slice(0, charsMax)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest.replace(/\r$/, '').slice(0, charsMax)
}
