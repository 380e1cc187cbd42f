import { STOP_CLASSES } from '../../model/screening-book.ts'

/**
 * Whoever sends through a service is a stranger to whoever else does: what is said of a service's
 * address is never passed on to its customers. Sanctions are the exception, because an authority
 * that lists a service forbids dealing with it.
 */
export function isStopped(classes: number): boolean {
  return (classes & STOP_CLASSES) !== 0
}
