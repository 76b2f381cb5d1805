/** Smart Dispatcher: e2e. */
package dev.smartdispatcher.e2e;
