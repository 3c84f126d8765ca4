package dev.stile.aws.courier;

import dev.stile.message.Courier;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/// Text messages by SNS, mail by SES. Neither service knows a message again that is sent twice:
/// whoever calls this has claimed the message before.
public final class AwsCourier implements Courier {
  private final SnsTexts texts;
  private final SesMails mails;

  @Inject
  public AwsCourier(SnsClient sns, SesV2Client ses, Sender sender) {
    this.texts = new SnsTexts(sns, sender);
    this.mails = new SesMails(ses, sender);
  }

  @Override
  public Outcome sms(String e164, String body) {
    return texts.send(e164, body);
  }

  @Override
  public Outcome email(String address, Mail mail) {
    return mails.send(address, mail);
  }
}
