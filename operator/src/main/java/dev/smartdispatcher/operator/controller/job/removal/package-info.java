/** What deletes pods and jobs: pods that are not the live attempt's, do not start or outlast their build, and jobs some time after their end. */
package dev.smartdispatcher.operator.controller.job.removal;
