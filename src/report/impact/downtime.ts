/** Whether nobody answers for a while, and why. */
export interface Answer {
  answer: 'no' | 'possible' | 'yes'
  /** A clause; absent where nothing could cause a gap. */
  because?: string
}

const RANKS: Record<Answer['answer'], number> = { no: 0, possible: 1, yes: 2 }

/** One gap is enough; of two alike, the first. */
export function worstOf(answers: readonly Answer[]): Answer {
  return answers.toSorted((a, b) => RANKS[b.answer] - RANKS[a.answer])[0] ?? { answer: 'no' }
}
