import { at, entries, texts } from '../../object/index.ts'
import { annotationViolations, containerViolations, podViolations } from './pod-standard.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Rule } from './rule.ts'

/** With podSecurity: restricted, pods pass Pod Security "restricted", patches counted. */
export const podSecurity: Rule = {
  id: 'pod-security',
  find: view =>
    view.pods
      .filter(({ endpoint }) => endpoint.spec.podSecurity === 'restricted')
      .flatMap(pods =>
        violations(pods).map(violation => ({
          rendering: pods.workload,
          field: 'spec.podSecurity',
          message: `the pods of ${nameOf(pods.workload)} are not "restricted": ${violation}`,
          cause: 'A namespace that enforces the standard refuses them.',
          remedy: 'Give the container the same security context, or set podSecurity: false.',
        })),
      ),
}

function violations({ spec, containers, workload: { object } }: Pods): string[] {
  const template = at(object, 'spec', 'template', 'metadata', 'annotations')
  const all = [...entries(at(spec, 'initContainers')), ...containers]
  return [
    ...podViolations(spec, 'restricted'),
    ...annotationViolations({ ...texts(template), ...object.metadata.annotations }),
    ...all.flatMap(container =>
      containerViolations(container, spec, 'restricted').map(
        fault => `container ${nameOfContainer(container)} ${fault}`,
      ),
    ),
  ]
}
