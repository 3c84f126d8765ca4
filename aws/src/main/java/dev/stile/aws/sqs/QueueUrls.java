package dev.stile.aws.sqs;

import dev.stile.message.Message;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.message.Message.OtpDeliver;

/// The queue of each type of command.
public record QueueUrls(String challengeRequests, String otpDeliveries) {
  String of(Message.Command message) {
    return switch (message) {
      case ChallengeRequested requested -> challengeRequests;
      case OtpDeliver deliver -> otpDeliveries;
    };
  }
}
