/** The kinds of documents that commands print with `-o json` and whose schema is published. */
export const OUTPUT_KINDS = [
  'Validation',
  'Explanation',
  'Plan',
  'Comparison',
  'ApplyOutcome',
  'Status',
  'FleetStatus',
  'SmokeReport',
  'DoctorReport',
  'History',
  'Environments',
  'Import',
] as const

export type OutputKind = (typeof OUTPUT_KINDS)[number]
