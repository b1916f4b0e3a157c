import { failure, type SlipwayError } from '../../problem/index.ts'
import { moduleTitle } from './build.ts'
import type { Search } from './search.ts'

/** The one error of a machine where the sandbox cannot be had: what is missing, what was tried, what to install. */
export function missingModules(searches: readonly Search[]): SlipwayError {
  const seconds = searches.reduce((sum, { module }) => sum + module.expectedSeconds, 0)
  const minutes = Math.ceil(seconds / 60)
  const reasons = [...new Set(searches.flatMap(({ tried }) => tried))]
  return failure('sandbox', `the sandbox cannot run without ${searches.map(partsOf).join(', ')}`, {
    cause: [
      'Not in the cache, in KUBEBUILDER_ASSETS or on the PATH in these minor versions.',
      ...reasons,
    ].join('\n'),
    remedy:
      'Install Go 1.26 or newer (https://go.dev/dl) and let it reach a Go module proxy: slipway then builds them once, ' +
      `in about ${minutes} min. Or put them into a folder and name it in KUBEBUILDER_ASSETS.`,
  })
}

function partsOf({ module, missing, hasFiles }: Search): string {
  const names = missing.map(({ name }) => name)
  const parts = hasFiles ? names : [...names, 'the files']
  return `${parts.join(', ')} of ${moduleTitle(module)}`
}
