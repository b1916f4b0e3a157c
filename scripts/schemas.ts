/** Writes schemas/: what kinds of Kubernetes, KServe and usual add-ons have, version by version, out of their Go modules: npm run schemas. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { addonSchemas, kserveSchemas } from './schemas/definitions.ts'
import { kubernetesSchemas } from './schemas/kubernetes.ts'

const folder = resolve(import.meta.dirname, '..', 'schemas')
mkdirSync(folder, { recursive: true })
const all = [kubernetesSchemas(), await kserveSchemas(), ...(await addonSchemas())]
for (const { name, text } of all) writeFileSync(join(folder, `${name}.json`), text)
