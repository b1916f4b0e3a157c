export { placeInside } from './inside.ts'
export { writeInside, writeNewInside } from './write.ts'
