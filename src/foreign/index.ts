export { isOfCertificate } from './certificate.ts'
export { cleanLine, cleanText, escapeUnseen } from './characters.ts'
export { disarm, OLD_COMMAND, withoutSkip } from './commands.ts'
export { toSafeJson } from './json.ts'
