/** An API server as it is on the wire: requests and answers without a model in between. */
package dev.smartdispatcher.e2e.raw;
