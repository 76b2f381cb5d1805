/** The ConfigMaps that worker pods mount: made, verified and kept while they are used, and swept. */
package dev.smartdispatcher.operator.controller.configmap;
