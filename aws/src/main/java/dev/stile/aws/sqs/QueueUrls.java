package dev.stile.aws.sqs;

import dev.stile.message.Message;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.message.Message.OtpDeliver;

/// The queue of each type of message.
public record QueueUrls(String challengeRequests, String otpDeliveries) {
  String of(Message message) {
    return switch (message) {
      case ChallengeRequested requested -> challengeRequests;
      case OtpDeliver deliver -> otpDeliveries;
    };
  }
}
