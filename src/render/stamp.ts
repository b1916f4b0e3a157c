import { APPLYSET, ENDPOINT_LABEL, type KubeObject } from '../object/index.ts'

/**
 * Marks an object as a member of the set. KServe copies labels to children and pods, so a child that it
 * owns has the mark too; plan knows that. It is not put into pod templates of ours: a set that is renamed
 * restarts nothing.
 */
export function stamp(object: KubeObject, setId: string): KubeObject {
  const labels = { ...object.metadata.labels, [APPLYSET.partOf]: setId }
  return { ...object, metadata: { ...object.metadata, labels } }
}

/** Says whose an object is that was not rendered. */
export function labelled(object: KubeObject, endpoint: string): KubeObject {
  const labels = { ...object.metadata.labels, [ENDPOINT_LABEL]: endpoint }
  return { ...object, metadata: { ...object.metadata, labels } }
}
