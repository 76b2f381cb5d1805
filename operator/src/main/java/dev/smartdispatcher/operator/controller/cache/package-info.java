/** What the operator knows of the API server's objects, and what the next scheduling cycle has to look at again. */
package dev.smartdispatcher.operator.controller.cache;
