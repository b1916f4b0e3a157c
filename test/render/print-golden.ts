import { renderSet, toYaml } from '../../src/render/index.ts'
import { goldenSet } from './golden-set.ts'

/** Run as a process of its own by determinism.test.ts. */
process.stdout.write(toYaml(renderSet(await goldenSet()).objects))
