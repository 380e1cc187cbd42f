export type * from './read.ts'
