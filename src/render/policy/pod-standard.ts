import {
  annotationViolations,
  containerViolations,
  podViolations,
  type Standard,
} from '../check/pod-standard.ts'
import { nameOfContainer } from '../check/ports.ts'
import { nameOf } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import { annotationsOf } from './annotations.ts'
import { podSpecsOf, type PodSpec } from './pods.ts'
import type { PolicyRule } from './rule.ts'

/** Policy podSecurity: whatever an endpoint says of itself, its pods pass the standard. */
export const podStandard: PolicyRule = {
  id: 'policy-pod-security',
  levelIn: ({ policies }) => policies.podSecurity.level,
  find: (view, environment) => {
    const { standard } = environment.policies.podSecurity
    return view.all.flatMap(rendering =>
      violationsIn(rendering, standard).map(violation => ({
        rendering,
        field: 'spec.podSecurity',
        subject: violation,
        message: `the pods of ${nameOf(rendering)} are not "${standard}", which ${environment.name} requires: ${violation}`,
        cause: 'policies.podSecurity holds for every pod, sidecars and patches included.',
        remedy:
          'Leave podSecurity at restricted, and give added containers the same security context.',
      })),
    )
  },
}

/** Annotations of an object become those of its pods in many ways: any of them counts. */
function violationsIn(rendering: Rendering, standard: Standard): string[] {
  const pods = podSpecsOf(rendering.object)
  if (pods.length === 0) return []
  return [
    ...pods.flatMap(pod => violationsOf(pod, standard)),
    ...annotationsOf(rendering).flatMap(({ name, value }) =>
      annotationViolations({ [name]: value }),
    ),
  ]
}

function violationsOf({ spec, containers, partial }: PodSpec, standard: Standard): string[] {
  return [
    ...podViolations(spec, standard),
    ...named(containers, container => containerViolations(container, spec, standard)),
    // A serving runtime adds what "restricted" asks for; what is written here counts as it is.
    ...named(partial, container => containerViolations(container, spec, 'baseline')),
  ]
}

function named<Container extends Record<string, unknown>>(
  containers: readonly Container[],
  faults: (container: Container) => string[],
): string[] {
  return containers.flatMap(container =>
    faults(container).map(fault => `container ${nameOfContainer(container)} ${fault}`),
  )
}
