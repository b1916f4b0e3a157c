import { suggestion } from './fields/suggest.ts'
import type { Place, Problem } from '../problem/index.ts'
import type { Project } from './schema/project.ts'
import type { Path } from './yaml/node.ts'

interface Named {
  document: Project
  placeOf: (path: Path) => Place
}

/** A group is a name that -e takes: it stands for environments that there are, and is not itself the name of one. */
export function checkGroups({ document, placeOf }: Named): Problem[] {
  const { environments, groups = {} } = document.spec
  const names = Object.keys(environments)
  return Object.entries(groups).flatMap(([group, members]): Problem[] => {
    const path = ['spec', 'groups', group]
    const clash: Problem = {
      code: 'bad-value',
      severity: 'error',
      place: placeOf(path),
      message: `"${group}" is the name of an environment and of a group`,
      remedy: 'Give the group another name.',
    }
    return [
      ...(names.includes(group) ? [clash] : []),
      ...members.flatMap((member, index) => {
        if (names.includes(member)) return []
        const remedy = suggestion(member, names, 'Environments')
        const missing: Problem = {
          code: 'unknown-environment',
          severity: 'error',
          place: placeOf([...path, index]),
          message: `the group "${group}" names the environment "${member}", which is not in spec.environments`,
          ...(remedy === undefined ? {} : { remedy }),
        }
        return [missing]
      }),
    ]
  })
}
