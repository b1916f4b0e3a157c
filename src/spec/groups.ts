import { suggestion } from './fields/suggest.ts'
import { allFound, problemWith, type Found, type Place, type Problem } from '../problem/index.ts'
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
  const found = Object.entries(groups).map(([group, members]): Found<Problem> => {
    const path = ['spec', 'groups', group]
    const clash = problemWith({
      code: 'bad-value',
      place: placeOf(path),
      message: `"${group}" is the name of an environment and of a group`,
      remedy: 'Give the group another name.',
    })
    const unknown = members.map((member, index) => {
      if (names.includes(member)) return undefined
      return problemWith({
        code: 'unknown-environment',
        place: placeOf([...path, index]),
        message: `the group "${group}" names the environment "${member}", which is not in spec.environments`,
        remedy: suggestion(member, names, 'Environments'),
      })
    })
    return [names.includes(group) ? clash : undefined, unknown]
  })
  return allFound(found)
}
