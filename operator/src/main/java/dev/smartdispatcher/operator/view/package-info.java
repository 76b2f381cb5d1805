/** Jobs and workers as people see them: the facts of one job or worker in one record, and the same facts in words. */
package dev.smartdispatcher.operator.view;
