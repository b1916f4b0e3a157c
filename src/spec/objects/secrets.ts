import { SECRET, isOf } from '../../kinds/index.ts'
import { formatRef, isEmpty, refOf } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { secretPaths } from '../../secret/index.ts'
import { pathText } from '../fields/words.ts'
import { inPlainText } from '../rules/plain-secrets.ts'
import { problemsAt } from '../rules/rule.ts'
import type { Endpoint, PolicyLevel } from '../set.ts'
import type { OwnObject } from './own-object.ts'

/** Policy plainSecrets, for objects of one's own: what is in git can be read by everybody who can read the repository. */
export function plainSecrets(endpoint: Endpoint, level: PolicyLevel): Problem[] {
  return (endpoint.objects ?? []).flatMap(own => {
    const [found] = plainFields(own)
    if (found === undefined) return []
    const name = formatRef(refOf({ ...own.object, metadata: { name: own.object.metadata.name } }))
    const isSecret = isOf(own.object, SECRET)
    const message = isSecret
      ? `${name} has its data in plain text`
      : `${found} of ${name} looks like a secret in plain text`
    const at = { ...endpoint, placeOf: own.placeOf }
    return problemsAt(at, { level, ...inPlainText({ path: found, message, remedy: REMEDY }) })
  })
}

const REMEDY =
  'Have an ExternalSecret or a SealedSecret create it. Then replace its content: it has been exposed.'

function plainFields({ object }: OwnObject): string[] {
  if (isOf(object, SECRET)) return ['stringData', 'data'].filter(field => !isEmpty(object[field]))
  return secretPaths(object).map(pathText)
}
