import { join, resolve } from 'node:path'
import { installedPackage } from './installed.ts'

/**
 * The command line that tests run as a process, for Node: in `npm test` that of the installed package, in a test file that
 * is run by hand that of the sources, which needs no build.
 */
const found = installedPackage()
export const SOURCES = resolve(import.meta.dirname, '../../src/cli/main.ts')
export const CLI = found === undefined ? SOURCES : join(found.package, 'bin/slipway.js')
