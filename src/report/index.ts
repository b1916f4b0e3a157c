export { bundleFiles } from './bundle-files.ts'
export { bundlesAsMarkdown } from './markdown/bundle.ts'
export { documentOf, documentSchema, OUTPUT_KINDS } from './documents.ts'
export type { Comparison } from './comparison.ts'
export { explanationAsText } from './text/explain.ts'
export { failuresAsText } from './text/failures.ts'
export { problemsAsAnnotations } from './github.ts'
export { keptAsText, remarksAsText } from './text/import.ts'
export { escapeMarkdown } from './markdown/markdown.ts'
export { noticeAsText } from './text/notice.ts'
export type { Notice } from './text/notice.ts'
export { outcomeAsMarkdown } from './text/outcome.ts'
export { jsonData, jsonLine, jsonText, outgoing, outgoingData } from './outgoing.ts'
export { reportAsMarkdown } from './markdown/plan-markdown.ts'
export type { MarkdownReport } from './markdown/plan-markdown.ts'
export { changesAsText, planAsText } from './text/plan-text.ts'
export { problemsAsText } from './text/problems.ts'
export { jsonView, lineView } from './progress/lines.ts'
export { liveView } from './progress/live.ts'
export type { ApplyView } from './progress/progress.ts'
export type { Change } from './change.ts'
export { renderChanges } from './render-changes.ts'
export { painter, wantsColour } from './text/style.ts'
export type { Paint } from './text/style.ts'
export { wrapLine, wrapText } from './text/wrap.ts'
export { validationAsMarkdown } from './text/validation.ts'
export {
  COMPARISON_VIEWS,
  DOCTOR_VIEWS,
  ENVIRONMENT_VIEWS,
  FLEET_VIEWS,
  HISTORY_VIEWS,
  IMPORT_VIEWS,
  OUTCOME_VIEWS,
  PLAN_VIEWS,
  SMOKE_VIEWS,
  STATUS_VIEWS,
  VALIDATION_VIEWS,
} from './views.ts'
export type { Look, View } from './views.ts'
