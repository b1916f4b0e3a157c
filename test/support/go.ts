import { spawnSync } from 'node:child_process'

/** Where Go is; pinned tools of others are run by `go tool`. */
export const GO =
  ['/usr/local/go/bin/go', 'go'].find(go => spawnSync(go, ['version']).status === 0) ?? 'go'
