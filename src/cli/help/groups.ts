const OWN = 'Options:'

/** The headings of a command's help, in their order, with the flags below each; what is in none is an option. */
const GROUPS: Record<string, readonly string[]> = {
  'Scope:': [
    'all',
    'all-environments',
    'through',
    'revision',
    'endpoint',
    'against',
    'from',
    'to',
    'commit',
    'other-environments',
  ],
  [OWN]: [],
  'Waiting:': ['wait', 'timeout', 'delete-timeout', 'lock-timeout'],
  'Guards:': [
    'plan-hash',
    'allow-older',
    'allow-no-commit',
    'allow-empty',
    'allow-loss',
    'max-prune',
    'prune-data',
    'include-related',
    'repository-moved',
  ],
  'Force:': [
    'force-conflicts',
    'take-fields',
    'take-back',
    'force-finalizers',
    'force-delete-pods',
  ],
  'Cluster:': ['context', 'kubeconfig', 'namespace'],
}

/** Flags by heading: what a command is about, what it does, what it waits for, what it may do, and where. */
export function helpGroups(flags: readonly string[]): [title: string, flags: string[]][] {
  const grouped = new Set(Object.values(GROUPS).flat())
  const own = flags.filter(flag => !grouped.has(flag))
  return Object.entries(GROUPS)
    .map(([title, names]): [string, string[]] => [
      title,
      title === OWN ? own : names.filter(name => flags.includes(name)),
    ])
    .filter(([, names]) => names.length > 0)
}
