/** Text as somebody writes it who wants to do harm by what slipway shows of it. */

export const SECRET = `sk-${'dEc0y'.repeat(5)}`

export const PAYLOAD = [
  'x\nFORGED ✓ ready\r\n::error::taken\n  ::set-output name=a::taken\r##[error]taken ##[group]taken',
  '##vso[task.complete result=Failed]taken \rsection_start:1:taken\r\u001B[0K',
  '\u061C\u200B\u202E\u2066\u{E0041}\u00AD\u2028\u001B[31mred\u001B[0m \u001B]8;;https://taken.example\u0007link\u001B]8;;\u0007 \u009B2J',
  '<script>taken()</script><img src=x onerror=taken()> "\'><b onclick=taken()> --> </details> </pre> ]]> &lt; {{taken}} ${taken}',
  '[link](javascript:taken) ![image](https://taken.example/i.png) [ref]: https://taken.example www.taken.example ftp://taken.example',
  '@taken/team @taken #77 org/repo#78 GH-79 fixes #80 | cell | *b* _i_ ~~s~~ `code` ```',
  '```\n# FORGED heading\n- [ ] task taken\n- [x] done\n> quote\n\n    code\n=cmd|"/C calc"!A0',
  SECRET,
].join(' ')

/** A result with the payload behind every text that may be of others. */
export function hostile<Given>(result: Given): Given {
  return poisoned(result, '') as Given
}

/** Fields that only slipway fills, or that it chooses by. */
const OURS =
  /^(?:code|severity|state|sync|type|result|kind|apiVersion|time|since|startedAt|createdAt|wave|outlook|runtime|layer|phase|cause|action|rule|hash)$/

/** Its cause is a word of ours, that of a problem is not. */
function isOurs(key: string, owner: Record<string, unknown>): boolean {
  return key === 'cause' ? 'evidence' in owner : OURS.test(key)
}

function poisoned(value: unknown, key: string): unknown {
  if (typeof value === 'string') return `${value} ${PAYLOAD}`
  if (Array.isArray(value)) return value.map(each => poisoned(each, key))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const owner = value as Record<string, unknown>
  // Of an outcome: how each endpoint ended, by name.
  if (key === 'endpoints' && owner['name'] === undefined && owner['endpoint'] === undefined)
    return Object.fromEntries(Object.entries(owner).map(([name, end]) => [name + PAYLOAD, end]))
  return Object.fromEntries(
    Object.entries(owner).map(([name, inner]) => [
      key === 'labels' || key === 'annotations' || key === 'data' ? `${name}${PAYLOAD}` : name,
      isOurs(name, owner) && typeof inner === 'string' ? inner : poisoned(inner, name),
    ]),
  )
}
