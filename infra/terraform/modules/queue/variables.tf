variable "name" {
  description = "Name of the queue; its dead-letter queue is called the same with -dlq."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the messages."
  type        = string
}

variable "function_timeout_seconds" {
  description = "Time-out of the function that works on it; a message is hidden for six times as long."
  type        = number
}

variable "retention_seconds" {
  description = "How long a message is kept. Requests for codes are worth nothing after 15 minutes."
  type        = number
}

variable "max_receives" {
  description = "How often a message is tried."
  type        = number
  default     = 5
}
