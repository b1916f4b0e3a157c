/** Colours by custom properties, so that light and dark differ in one place. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --box: #f6f8fa;
  --old: #ffebe9; --new: #dafbe1; --warn: #fff3cd; --create: #116329; --update: #7d4e00; --delete: #a40e26; --link: #0550ae }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --back: #0d1117; --text: #e6edf3; --dim: #9198a1;
  --line: #3d444d; --box: #151b23; --old: #542426; --new: #1c4428; --warn: #3d2e05; --create: #56d364; --update: #e3b341; --delete: #ff7b72; --link: #79c0ff } }
:root[data-theme=dark] { color-scheme: dark; --back: #0d1117; --text: #e6edf3; --dim: #9198a1;
  --line: #3d444d; --box: #151b23; --old: #542426; --new: #1c4428; --warn: #3d2e05; --create: #56d364; --update: #e3b341; --delete: #ff7b72; --link: #79c0ff }
:root[data-theme=light] { color-scheme: light }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.1rem } h3 { font-size: .95rem; margin: .8rem 0 .3rem; overflow-wrap: anywhere }
header p, footer p { margin: .2rem 0 } .dim, .why, .absent, caption { color: var(--dim) }
.filters { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .6rem 0;
  margin-bottom: .6rem; background: var(--back); border-bottom: 1px solid var(--line) }
.filters input[type=search] { flex: 1 1 12rem; min-width: 0; padding: .35rem .6rem }
input, button { font: inherit; color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: 6px }
button { padding: .3rem .7rem; cursor: pointer }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px } .endpoint :focus-visible { outline-offset: -3px }
.endpoint { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; content-visibility: auto; contain-intrinsic-size: auto 2.6rem }
.endpoint > summary { display: flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline; padding: .5rem .7rem; cursor: pointer; overflow-wrap: anywhere }
.endpoint > summary::before { content: '▸'; color: var(--dim); width: .7rem } .endpoint[open] > summary::before { content: '▾' }
.endpoint[open] > summary { border-bottom: 1px solid var(--line); background: var(--box) }
.endpoint > :not(summary) { margin-inline: .7rem } .endpoint > :last-child { margin-bottom: .7rem }
summary b { min-width: 0 } .words { flex: 1 1 20rem; min-width: 0 }
.effects { flex: 1 0 100%; display: flex; flex-wrap: wrap; gap: .3rem; padding: .15rem 0 .1rem 1.4rem }
.effect { font-size: .85rem; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--dim) }
.effect.notable { background: var(--warn); color: var(--update) } .effect.grave { background: var(--old); color: var(--delete) }
:root[data-theme=dark] .effect.grave { color: var(--text) } @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) .effect.grave { color: var(--text) } }
.verb { flex: none; font: .8rem ui-monospace, monospace; color: var(--update) } summary > .verb { min-width: 3.6rem }
.create > summary .verb, .verb.create { color: var(--create) }
.delete > summary .verb, .switch > summary .verb, .replace > summary .verb, .verb.delete, .verb.replace { color: var(--delete) }
kbd { font: .8rem ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem }
table { width: calc(100% - 1.4rem); border-collapse: collapse; table-layout: fixed; line-height: 1.45; font: .85rem/1.45 ui-monospace, monospace }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { color: var(--dim); font-weight: normal } thead th:first-child { width: 30% } th[scope=row] { font-weight: normal }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere } .whole { font: .85rem/1.45 ui-monospace, monospace; background: var(--new); padding: .5rem }
del, ins { text-decoration: none; display: inline-block; min-width: 100% } del { background: var(--old) } ins { background: var(--new) }
.problems { padding: 0; list-style: none } .problems li { border-left: 4px solid var(--update); padding: .2rem .7rem; margin: .3rem 0; background: var(--box); overflow-wrap: anywhere }
.problems .error { border-color: var(--delete) }
[hidden] { display: none !important }
@media (max-width: 46rem) { .filters { position: static } .keys { display: none } .effects { padding-left: 0 } thead { display: none } tr, th[scope=row], td { display: block } tr { margin-bottom: .5rem }
  td[data-side=before]::before { content: 'before'; color: var(--dim) } td[data-side=after]::before { content: 'after'; color: var(--dim) } }
@media print { .filters { display: none } }
`
