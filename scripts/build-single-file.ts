/**
 * One executable file with Node, the command line and the package's own files in it, for machines without Node:
 * npm run build:single-file -- [--platform linux-arm64] [--node FILE] [--out FILE]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeBlob } from './single-file/blob.ts'
import { inject } from './single-file/inject.ts'
import { findNode, HERE } from './single-file/node-binary.ts'

const { values } = parseArgs({
  options: {
    platform: { type: 'string', default: HERE },
    node: { type: 'string' },
    out: { type: 'string' },
  },
})
const { platform } = values
const out = resolve(values.out ?? join(import.meta.dirname, '../release', `slipway-${platform}`))
const folder = mkdtempSync(join(tmpdir(), 'slipway-single-file-'))

try {
  const node = values.node ?? (await findNode(platform, folder))
  const blob = await makeBlob({ node, platform, folder })
  mkdirSync(dirname(out), { recursive: true })
  await inject({ node, blob, platform, out })
  console.log(out)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
