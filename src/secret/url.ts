/** A URL as it may be shown: without user, password, and the values of its query, any of which may let somebody in. */
export function publicUrl(url: URL | string): string {
  if (!URL.canParse(String(url))) return String(url).replace(/\/\/[^/@\s]*@/, '//')
  const shown = new URL(String(url))
  shown.username = ''
  shown.password = ''
  for (const name of shown.searchParams.keys()) shown.searchParams.set(name, 'hidden')
  shown.hash = ''
  return shown.href.replace(/\/$/, '')
}
