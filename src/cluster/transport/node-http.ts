/**
 * Node's http and https, without their ES module façades: those read each export once, `WebSocket` among them, and that
 * loads fetch: 30 ms of every start. They are asked for when they are used, since no snapshot of the heap can hold them.
 */
export const http = () => process.getBuiltinModule('node:http')
export const https = () => process.getBuiltinModule('node:https')
