import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { inject as postject } from 'postject'

/** Node's binary holds this text, followed by `:0` where nothing is injected. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

export interface Injection {
  node: string
  blob: string
  platform: string
  out: string
}

/** Copies Node's binary with the blob in it. macOS runs nothing without a signature; an ad-hoc one is made there. */
export async function inject({ node, blob, platform, out }: Injection): Promise<void> {
  const part = `${out}.part`
  try {
    copyFileSync(node, part)
    chmodSync(part, 0o755)
    const isMac = platform.startsWith('darwin-')
    if (isMac && process.platform === 'darwin') codesign('--remove-signature', part)
    await postject(part, 'NODE_SEA_BLOB', readFileSync(blob), {
      sentinelFuse: FUSE,
      ...(isMac && { machoSegmentName: 'NODE_SEA' }),
    })
    if (isMac && process.platform === 'darwin') codesign('--sign', '-', part)
    renameSync(part, out)
  } finally {
    rmSync(part, { force: true })
  }
}

function codesign(...args: string[]): void {
  execFileSync('codesign', args, { stdio: 'inherit' })
}
