import { parseEvents, YAMLException, type Event } from 'js-yaml'
import { buildDocuments } from './build.ts'
import { explainSyntax } from './explain-syntax.ts'
import { commentedOut, lfsPointer } from './lost-content.ts'
import type { Finding, YamlNode } from './node.ts'

/** No spec is nested nearly as deep. */
const MAX_DEPTH = 64

/**
 * Reads a YAML 1.2 stream. Empty documents between markers are left out.
 * Two readers: js-yaml gives events with positions several times faster than `yaml`, whose
 * error messages and positions are the better ones; it is asked when something is wrong.
 */
export async function parseYaml(
  text: string,
): Promise<{ documents: YamlNode[]; findings: Finding[] }> {
  const pointer = lfsPointer(text)
  if (pointer !== undefined) return { documents: [], findings: [pointer] }
  const events = readEvents(text)
  if (!Array.isArray(events))
    return { documents: [], findings: [await explainSyntax(text, events)] }
  const { documents, findings } = buildDocuments(text, events)
  const kept = documents.filter(node => node.value !== null)
  const hidden = kept.length === 0 ? [] : commentedOut(text)
  return { documents: kept, findings: [...findings, ...hidden] }
}

function readEvents(text: string): Event[] | YAMLException {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH })
  } catch (error) {
    if (error instanceof YAMLException) return error
    throw error
  }
}
