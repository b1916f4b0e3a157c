/** Every label, annotation and manager name that slipway writes or reads on objects: nowhere else are these strings. */

/** The field manager of every write (managedFields entries carry it). */
export const FIELD_MANAGER = 'slipway'

/** Holds a field that git no longer says until another manager writes it (replicas, when an autoscaler comes). */
export const HANDOVER_MANAGER = 'slipway-handover'

export const API_VERSION = 'slipway.dev/v1alpha1'

/** ApplySet labels and annotations, KEP-3659. */
export const APPLYSET = {
  partOf: 'applyset.kubernetes.io/part-of',
  id: 'applyset.kubernetes.io/id',
  tooling: 'applyset.kubernetes.io/tooling',
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  additionalNamespaces: 'applyset.kubernetes.io/additional-namespaces',
} as const

/** On a set's parent: `PROJECT/ENVIRONMENT`, because two of these may give one name. */
export const SET_ANNOTATION = 'slipway.dev/set'

/** On every object: the endpoint it belongs to. */
export const ENDPOINT_LABEL = 'slipway.dev/endpoint'

/** On the Service of an endpoint whose metrics a ServiceMonitor scrapes. */
export const SCRAPE_LABEL = 'slipway.dev/scrape'

/** On the objects of a candidate, whose pods do not have it. */
export const TRACK_LABEL = 'slipway.dev/track'

/** On an HTTPRoute: the Secret with the certificate that its gateway is to have. */
export const CERTIFICATE_ANNOTATION = 'slipway.dev/certificate'

/** `disabled` keeps an object when it is no longer rendered. */
export const PRUNE_ANNOTATION = 'slipway.dev/prune'

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const RECOMMENDED = {
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
} as const

/** Under this name, and in the folder of this name, a project has objects that belong to no endpoint. */
export const OBJECTS = 'objects'
