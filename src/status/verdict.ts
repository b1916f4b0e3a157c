/** What can be said of one object (or of an endpoint) at one moment. */
export interface Verdict {
  state: 'ready' | 'progressing' | 'failed' | 'terminating' | 'absent'
  /** One clause: `2 of 3 replicas available`, `waiting for the rollout of generation 4 to be observed`. */
  message: string
  /** Set with failed, and with progressing where a cause is already known. */
  diagnosis?: Diagnosis
}

/** Why, as data; reports render it. Summary and remedy are sentences without their full stop. */
export interface Diagnosis {
  /** Machine-readable: image-pull, crash-loop, out-of-memory, unschedulable, … */
  cause: string
  /** One sentence: what is wrong, naming the object and the value. */
  summary: string
  /** Facts it rests on: `pod chat-7d9f: container server waiting: ErrImagePull: …`. */
  evidence: string[]
  /** What to do. */
  remedy: string
  /**
   * What waiting is worth: `hopeless` cannot get better by itself (an apply stops early when every new pod is so),
   * `unlikely` is only said, `waiting` means that something is already being done about it. Absent: open.
   */
  outlook?: 'hopeless' | 'unlikely' | 'waiting'
}
