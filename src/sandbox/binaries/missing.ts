import type { SlipwayError } from '../../problem/index.ts'
import { failure } from '../../problem/index.ts'
import type { Binary } from './catalogue.ts'

/** The one error of a machine where the sandbox cannot be had: which binaries, what was tried, what to install. */
export function missingBinaries({
  missing,
  tried,
}: {
  missing: readonly Binary[]
  tried: readonly string[]
}): SlipwayError {
  const list = missing.map(({ name, module }) => `${name} ${module.version}`).join(', ')
  return failure('sandbox', `the sandbox cannot run without ${list}`, {
    cause: [
      'Not in the cache, in KUBEBUILDER_ASSETS or on the PATH in these minor versions.',
      ...tried,
    ].join('\n'),
    remedy:
      'Install Go 1.26 or newer (https://go.dev/dl) and let it reach a Go module proxy: slipway then builds them once, ' +
      'in about 6 minutes. Or put them into a folder and name it in KUBEBUILDER_ASSETS.',
  })
}
