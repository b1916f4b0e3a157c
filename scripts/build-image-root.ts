/** Assembles the image's file system for Containerfile: node scripts/build-image-root.ts SINGLE_FILE FOLDER */
import { assembleRoot } from './image/root-file-system.ts'

const [singleFile, to] = process.argv.slice(2)
if (singleFile === undefined || to === undefined)
  throw new Error('SINGLE_FILE and FOLDER are needed')
assembleRoot({ singleFile, to })
