/** Smart Dispatcher: operator. */
package dev.smartdispatcher.operator.app;
