export { planPromotion } from './plan-promotion.ts'
export type { Promotion, PromotionRequest } from './plan-promotion.ts'
export { evidenceText, valueText } from './message.ts'
export type { Promoted } from './message.ts'
