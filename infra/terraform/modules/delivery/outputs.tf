output "mail_identity_arn" {
  description = "ARN of the identity that mail is sent from."
  value       = aws_sesv2_email_identity.sender.arn
}

output "events_topic_arn" {
  description = "ARN of the topic of events."
  value       = aws_sns_topic.events.arn
}

output "configuration_set" {
  description = "Name of the configuration set, null where there is none."
  value       = var.configuration_set ? aws_sesv2_configuration_set.this[0].configuration_set_name : null
}

output "configuration_set_arn" {
  description = "ARN of the configuration set, null where there is none."
  value       = var.configuration_set ? aws_sesv2_configuration_set.this[0].arn : null
}
