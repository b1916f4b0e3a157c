import type { ServingRuntime } from '../../src/serving-runtime/index.ts'

/** A serving runtime of a team's own; its places name the field. */
export function aRuntime(
  name: string,
  spec: Partial<ServingRuntime['spec']> = {},
  more: Partial<Pick<ServingRuntime, 'kind' | 'namespace' | 'annotations'>> = {},
): ServingRuntime {
  return {
    kind: 'ClusterServingRuntime',
    name,
    annotations: {},
    spec: {
      supportedModelFormats: [{ name: 'forest', version: '1', autoSelect: true }],
      containers: [{ name: 'kserve-container', image: `registry.example.com/${name}:1.0.0` }],
      ...spec,
    },
    placeOf: path => ({
      file: `serving-runtimes/${name}.yaml#${path.join('.')}`,
      line: 1,
      column: 1,
    }),
    ...more,
  }
}

export function forest(priority?: number, version = '1') {
  return { supportedModelFormats: [{ name: 'forest', version, autoSelect: true, priority }] }
}
