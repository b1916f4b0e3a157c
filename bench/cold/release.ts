import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pack, sha256 } from '../../scripts/release/archive.ts'
import { HERE } from '../../scripts/single-file/node-binary.ts'

export const ARCHIVE = `slipway-${HERE}.tar.zst`

/** A release's files in a folder: the packed single file with its checksum. */
export function makeRelease(folder: string, executable: string): void {
  mkdirSync(folder)
  const archive = join(folder, ARCHIVE)
  pack({ executable, archive })
  writeFileSync(join(folder, 'SHA256SUMS'), `${sha256(archive)}  ${ARCHIVE}\n`)
}

export interface Files {
  url: string
  close: () => void
}

/** Serves what is asked for by its path, on loopback: a file of the folder, or what `made` has under it. */
export async function serve(
  folder: string,
  made: ReadonlyMap<string, string> = new Map(),
): Promise<Files> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1)
    try {
      response.end(made.get(path) ?? readFileSync(join(folder, path)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
