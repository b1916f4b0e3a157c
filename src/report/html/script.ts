/** Runs in the page: filters, keys, colours. The page can be read without it, too. */
export const SCRIPT = `
const all = [...document.querySelectorAll('.endpoint')]
const search = document.querySelector('#search')
const restarts = document.querySelector('#restarts')
const downtime = document.querySelector('#downtime')
const verbs = [...document.querySelectorAll('input[name=verb]')]
const count = document.querySelector('#count')
const endpointsIn = list => list.reduce((sum, each) => sum + Number(each.dataset.count), 0)
const shown = () => all.filter(each => !each.hidden)
function filter() {
  const wanted = search.value.trim().toLowerCase()
  const kinds = new Set(verbs.filter(each => each.checked).map(each => each.value))
  for (const each of all) {
    const { verb, name } = each.dataset
    each.hidden = !kinds.has(verb) ||
      [restarts, downtime].some(only => only.checked && each.dataset[only.id] !== 'true') ||
      !(name + ' ' + each.firstElementChild.textContent).toLowerCase().includes(wanted)
  }
  count.textContent = endpointsIn(shown()) + ' of ' + endpointsIn(all) + ' shown'
}
function step(by) {
  const list = shown()
  const at = list.findIndex(each => each.contains(document.activeElement))
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))]
  next?.firstElementChild.focus()
}
function openAll(open) { for (const each of shown()) each.open = open }
const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
const toggleTheme = () => { document.documentElement.dataset.theme = isDark() ? 'light' : 'dark' }
const KEYS = { j: () => step(1), k: () => step(-1), e: () => openAll(true), c: () => openAll(false), t: toggleTheme, '/': () => search.focus() }
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Escape' && document.activeElement === search) { search.value = ''; filter(); search.blur(); return }
  if (event.target instanceof HTMLInputElement && event.target.type === 'search') return
  const run = KEYS[event.key]
  if (run === undefined) return
  event.preventDefault()
  run()
})
for (const each of [search, restarts, downtime, ...verbs]) each.addEventListener('input', filter)
document.querySelector('#open').addEventListener('click', () => openAll(true))
document.querySelector('#close').addEventListener('click', () => openAll(false))
document.querySelector('#theme').addEventListener('click', toggleTheme)
document.querySelector('.filters').hidden = false
filter()
if (all.length === 1) all[0].open = true
`
