import { VERSION } from '../../object/index.ts'

/** Who writes the set, in KEP-3659's form; other tools must then keep their hands off it. */
export const TOOLING = `slipway/v${VERSION}`
